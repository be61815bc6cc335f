"""Reading files in a process of its own, which can be killed when a file asks for too much.

It bounds what a file can cost. It is no sandbox: what breaks into it has the person's rights,
though what it sends back is taken as plain data only.
"""
