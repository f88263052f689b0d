"""The pair transaction: a change over two routers that is all or nothing, without a controller."""
