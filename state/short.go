package state

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
)

// Names, codes, currencies and hosts stand on one line of an answer. Where a row holds
// megabytes instead, another program wrote it: it is refused where it is read, so that
// nothing further on repeats it, or goes through it sign by sign.

// longestShort is how many bytes of such a text may be stored.
const longestShort = 8 << 10

// short has the texts among what a row is read into be short ones.
func short(into ...any) []any {
	for i, to := range into {
		if at := reflect.ValueOf(to); at.Kind() == reflect.Pointer && at.Elem().Kind() == reflect.String {
			into[i] = shortText{at.Elem()}
		}
	}
	return into
}

// shortText reads a short text into a variable.
type shortText struct{ into reflect.Value }

// Scan reads what is stored. Which column it is says database/sql.
func (s shortText) Scan(stored any) error {
	var text sql.NullString
	if err := text.Scan(stored); err != nil {
		return err
	}
	if !text.Valid {
		return errors.New("it is NULL")
	}
	if n := len(text.String); n > longestShort {
		return fmt.Errorf("a text of %d bytes, which this program does not write", n)
	}
	s.into.SetString(text.String)
	return nil
}
