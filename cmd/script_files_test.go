package cmd

import (
	"database/sql"
	"os"
	"strings"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

// heldKey finds what a script holds until it releases it.
type heldKey struct{}

// holdings are what one script holds.
type holdings struct{ release []func() error }

// hold takes a lock of the state file as another process at work does, or opens the
// file itself:
//
//	hold store-main@shopify
//	hold file
func hold(ts *testscript.TestScript, neg bool, args []string) {
	on := ts.Value(heldKey{}).(*holdings)
	if args[0] != "file" {
		lock := flock.New(ts.Getenv("STATE") + "." + args[0] + ".lock")
		ts.Check(lock.Lock())
		on.release = append(on.release, lock.Unlock)
		return
	}
	db, err := sql.Open("sqlite", "file:"+ts.Getenv("STATE"))
	ts.Check(err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec("SELECT count(*) FROM runs")
	ts.Check(err)
	on.release = append(on.release, db.Close)
}

// release gives back what is held.
func release(ts *testscript.TestScript, neg bool, args []string) {
	on := ts.Value(heldKey{}).(*holdings)
	for _, giveBack := range on.release {
		ts.Check(giveBack())
	}
	on.release = nil
}

// damage writes over the second half of a file, page after page, and keeps that under
// another name:
//
//	damage good.db bad.db
func damage(ts *testscript.TestScript, neg bool, args []string) {
	content, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	for at := len(content) / 2; at < len(content); at += 200 {
		content[at] ^= 0x55
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), content, 0o600))
}

// crash changes the state file as another program does that is killed right after
// its commit: what it wrote is in the log, and in the file nothing is.
//
//	crash UPDATE products SET title = 'x'
func crash(ts *testscript.TestScript, neg bool, args []string) {
	path := ts.Getenv("STATE")
	db, err := sql.Open("sqlite", "file:"+path)
	ts.Check(err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec("PRAGMA wal_autocheckpoint = 0; " + strings.Join(args, " "))
	ts.Check(err)
	left := map[string][]byte{}
	for _, name := range []string{path, path + "-wal"} {
		left[name], err = os.ReadFile(name)
		ts.Check(err)
	}
	ts.Check(db.Close())
	for name, content := range left {
		ts.Check(os.WriteFile(name, content, 0o600))
	}
}
