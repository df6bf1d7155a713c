-- The key of the digests of chunks, so that a shop cannot choose chunks that are
-- taken for others. Digests from before it are only names of their chunks.
CREATE TABLE digest_key (key BLOB NOT NULL CHECK (length(key) = 32)) STRICT;
INSERT INTO digest_key VALUES (randomblob(32));
