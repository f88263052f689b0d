"""The terminal of an emulated router: editing, paging, questions, filters, views and prompts."""
