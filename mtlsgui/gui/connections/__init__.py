"""Why connections fail: one test, many at once, and a server to test clients with."""
