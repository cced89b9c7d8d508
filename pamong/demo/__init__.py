"""The demonstration: two believable regions made through the product's own actions."""
