package sqlite

import (
	"strconv"
	"strings"
	"testing"
)

// SQLite could damage a file whose log was begun anew, until 3.51.3
// (https://www.sqlite.org/wal.html#walresetbug).
//
// hazard P16
func TestSQLiteIsNewEnough(t *testing.T) {
	info, err := created(t, newPath(t), options).Facts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	number := 0
	for _, part := range strings.Split(info.SQLite, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			t.Fatal(info.SQLite, err)
		}
		number = number*1000 + n
	}
	if number < 3_051_003 {
		t.Errorf("the driver carries SQLite %s", info.SQLite)
	}
}
