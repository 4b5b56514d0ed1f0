"""Records that users bring in (`headrace import`): what their fields take, and how pipelines read them."""
