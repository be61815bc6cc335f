"""Key stores: PKCS#12, Java's and Bouncy Castle's."""
