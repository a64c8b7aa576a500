"""Prints what CPython's hmac says about keys and bodies of edge lengths, for tests/differential.rs.

python3 hmac_vectors.py > ../vectors/cpython.json

The bytes are drawn from SHAKE-256 under fixed labels, so every run prints the same file. Most are not
UTF-8. The lengths are those around a block of each hash: 64 bytes of SHA-1 and SHA-256, 128 of SHA-384
and SHA-512. The empty key is there because HMAC takes it and a receiver must not.
"""

import hashlib
import hmac
import json

EDGES = [0, 1, 63, 64, 65, 127, 128, 129]
HASHES = ["sha1", "sha256", "sha384", "sha512"]


def drawn(label: str, length: int) -> bytes:
    return hashlib.shake_256(f"{label} {length}".encode()).digest(length)


def main() -> None:
    keys = [drawn("key", length) for length in [*EDGES, 1000]]
    keys.append("clé secrète".encode())
    bodies = [drawn("body", length) for length in [*EDGES, 4096]]
    bodies.append('{"olá": "mundo"}\r\n'.encode())
    tags = {
        name: [[hmac.new(key, body, name).hexdigest() for body in bodies] for key in keys]
        for name in HASHES
    }
    data = {"keys": [key.hex() for key in keys], "bodies": [body.hex() for body in bodies], "tags": tags}
    print(json.dumps(data, indent=0))


main()
