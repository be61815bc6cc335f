"""Any bytes as an ASN.1 tree, lazily: for looking into what no reader accepts, and for the curious.

`tree(data)` gives the values of the outermost level; each `Node` finds its children when asked.
Nothing here raises for what is in the data: a value that is broken is a node that says why.
"""

from mtlsgui.pki.asn1.nodes import Node, Tree, tree

__all__ = ["Node", "Tree", "tree"]
