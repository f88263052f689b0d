"""What the site of the documentation says of the code, written from the code when the site is built."""
