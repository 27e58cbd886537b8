//! The two forms in which Microsoft's schemas are written down here.
//!
//! `record!` is an object: each field becomes a [`crate::Maybe`], plus `rest` for members it doesn't know.
//! `tagged!` is a choice of objects by the text of one member, plus `Other` for all else.
//! Both write back exactly what they read.

/// `record! { /// docs  pub struct Name { field: Type, … } }`; members are camelCase unless a field says
/// `#[serde(rename = "…")]`. `snake pub struct` keeps the names as they are.
macro_rules! record {
    (snake $($rest:tt)*) => { record! { @ "snake_case" $($rest)* } };
    (@ $case:literal $(#[$doc:meta])* pub struct $name:ident $(<$part:ident>)? {
        $( $(#[$attr:meta])* $field:ident : $type:ty ),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(rename_all = $case, default)]
        $(#[serde(bound(serialize = "P: ::serde::Serialize", deserialize = "P: crate::Shape"))]
          #[doc = concat!("`", stringify!($part), "` is the part that differs.")])?
        pub struct $name $(<$part>)? {
            $( $(#[$attr])*
               #[serde(skip_serializing_if = "crate::Maybe::is_absent")]
               pub $field: crate::Maybe<$type>, )*
            /// Members that aren't listed above.
            #[serde(flatten)]
            pub rest: crate::Rest,
        }

        impl $(<$part>)? Default for $name $(<$part>)? {
            fn default() -> Self {
                Self { $( $field: crate::Maybe::Absent, )* rest: crate::Rest::new() }
            }
        }

        impl $(<$part: crate::Shape>)? crate::Shape for $name $(<$part>)? {
            fn object<'de, A: ::serde::de::MapAccess<'de>>(
                members: A,
            ) -> Result<crate::Maybe<Self>, A::Error> {
                let members = ::serde::de::value::MapAccessDeserializer::new(members);
                <Self as ::serde::Deserialize>::deserialize(members).map(crate::Maybe::Value)
            }

            fn census(&self, _at: &str, count: &mut crate::Census) {
                $(
                    count.field(record_field!($name, $field), !self.$field.is_absent());
                    self.$field.census(record_field!($name, $field), count);
                )*
                for key in self.rest.keys() {
                    count.stray(format!("{}{key}", record_field!($name,)));
                }
            }
        }
    };
    ($(#[$doc:meta])* pub struct $($rest:tt)*) => {
        record! { @ "camelCase" $(#[$doc])* pub struct $($rest)* }
    };
}

/// `tagged! { /// docs  pub enum Name by "member" { "text" => Case(Record), … } }`.
macro_rules! tagged {
    ($(#[$doc:meta])* pub enum $name:ident by $tag:literal {
        $( $(#[$attr:meta])* $text:literal => $case:ident($type:ty) ),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize)]
        #[serde(untagged)]
        pub enum $name {
            $( $(#[$attr])* $case(Box<$type>), )*
            /// A case that isn't listed, or no object at all: the JSON as it came.
            Other(::serde_json::Value),
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                use ::serde::de::Error;
                let json = ::serde_json::Value::deserialize(input)?;
                match json.get($tag).and_then(::serde_json::Value::as_str) {
                    $( Some($text) => ::serde_json::from_value(json).map(Self::$case), )*
                    _ => Ok(Self::Other(json)),
                }
                .map_err(D::Error::custom)
            }
        }

        impl crate::Shape for $name {
            fn text(text: String) -> Result<Self, String> {
                Ok(Self::Other(text.into()))
            }

            fn object<'de, A: ::serde::de::MapAccess<'de>>(
                members: A,
            ) -> Result<crate::Maybe<Self>, A::Error> {
                let members = ::serde::de::value::MapAccessDeserializer::new(members);
                <Self as ::serde::Deserialize>::deserialize(members).map(crate::Maybe::Value)
            }

            fn census(&self, at: &str, count: &mut crate::Census) {
                match self {
                    $( Self::$case(case) => case.census(at, count), )*
                    Self::Other(_) => count.stray(format!("{at} (unknown {})", $tag)),
                }
            }
        }
    };
}

/// `wire::module::Record.field`, as [`crate::Census`] calls it.
macro_rules! record_field {
    ($name:ident, $($field:ident)?) => {
        concat!(module_path!(), "::", stringify!($name), ".", $(stringify!($field))?)
    };
}
