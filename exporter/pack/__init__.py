"""The pack's folders: pack.toml, documents repaired, images, what a build made."""
