#!/usr/bin/env python3
"""Ends, hops, cycles and missing targets of redirects, by networkx.

Usage: chains.py FILE     lines of `id next`, `-` for an incident that holds its own alerts

The file is read before the clock starts; building the graph counts. Prints one JSON line.
"""

import json
import sys
import time

import networkx as nx


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        pairs = [line.split() for line in file]
    ids = [int(one) for one, _ in pairs]
    nexts = [None if after == "-" else int(after) for _, after in pairs]
    began = time.perf_counter()
    end_of, hops_of = follow(ids, nexts)
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "summary": summarise(ids, nexts, end_of, hops_of)}))


def follow(ids, nexts):
    """The end of each source (None in or behind a cycle) and its hops; arrows run backwards, from end to source."""
    graph = nx.DiGraph()
    graph.add_edges_from((after, one) for one, after in zip(ids, nexts) if after is not None)
    end_of, hops_of = {}, {}
    for end in [node for node, degree in graph.in_degree() if degree == 0]:
        for hops, layer in enumerate(nx.bfs_layers(graph, [end])):
            for node in layer:
                end_of[node], hops_of[node] = end, hops
    rest = graph.subgraph([node for node in graph if node not in end_of])
    for ring in nx.strongly_connected_components(rest):
        if len(ring) > 1 or any(rest.has_edge(node, node) for node in ring):
            for away, layer in enumerate(nx.bfs_layers(graph, ring)):
                for node in layer:
                    end_of[node], hops_of[node] = None, away + len(ring)
    return end_of, hops_of


def summarise(ids, nexts, end_of, hops_of):
    known = set(ids)
    sources = [one for one, after in zip(ids, nexts) if after is not None]
    ends = [end_of[one] for one in sources]
    return {
        "ends": sum(1 for end in ends if end in known),
        "ends_sum": sum(end for end in ends if end in known),
        "cycles": sum(1 for end in ends if end is None),
        "missing": sum(1 for end in ends if end is not None and end not in known),
        "hops": sum(hops_of[one] for one in sources),
    }


if __name__ == "__main__":
    main()
