"""An encoding as a tree of ASN.1 values, with the bytes of the one selected."""
