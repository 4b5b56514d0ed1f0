"""No text twice: how alike two texts are, fingerprints under which texts alike meet, and the gate that lets each text in once."""
