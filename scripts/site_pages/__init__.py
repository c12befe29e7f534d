"""The pages of the site: what each kind of page shows, as data; templates and exports render the same data."""
