"""What registries over plain REST share: pages, listings told to several streams, the reader."""
