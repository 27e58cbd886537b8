//! Comments of incidents and alerts.

record! {
    /// Read answers hold `createdByDisplayName` and `createdDateTime`; documented incidents show the other
    /// pair. To write one, send `@odata.type` and `comment`; the answer is the whole list.
    pub struct Comment {
        #[serde(rename = "@odata.type")]
        odata_type: String,
        comment: String,
        created_by_display_name: String,
        created_date_time: String,
        created_by: String,
        created_time: String,
    }
}
