package schema

import "testing"

// What the steps come to is read back as it is written.
func TestWhatIsBuiltIsReadBack(t *testing.T) {
	s := Schema{Oldest: 1, Steps: []Step{
		{"0001_notes.sql", "CREATE TABLE notes (id TEXT PRIMARY KEY, text TEXT); CREATE VIEW long AS SELECT * FROM notes WHERE length(text) > 10"},
		{"0002_seen.sql", "CREATE TABLE seen (name TEXT); CREATE TRIGGER notes_inserted AFTER INSERT ON notes\nBEGIN\n  INSERT INTO seen VALUES (new.id);\nEND"},
	}}
	built, err := s.BuildText(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	made, err := s.makeParts(t.Context(), s.Newest())
	if read := parseParts(built); err != nil || len(made) != 4 || !read.includesAll(made) || !made.includesAll(read) {
		t.Errorf("%v: %s is read as %v", err, built, read)
	}
}
