-- The digest of a chunk is the SHA-256 of what it holds, which nobody can choose.
DROP TABLE digest_key;
