package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
)

// Names, codes, currencies and hosts are short. If a row has megabytes there, another program
// wrote it: such a text is refused where it is read, so that nothing prints it or loops over
// it.

// longestShort is how many bytes a short text may have.
const longestShort = 8 << 10

// ShortTexts makes scanning fail if one of the strings to scan into gets a text that is not
// short.
func ShortTexts(into ...any) []any {
	for i, to := range into {
		if at := reflect.ValueOf(to); at.Kind() == reflect.Pointer && at.Elem().Kind() == reflect.String {
			into[i] = shortText{at.Elem()}
		}
	}
	return into
}

// shortText scans a short text into a variable.
type shortText struct{ into reflect.Value }

// Scan checks and sets the text. database/sql adds the column to an error.
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

// Querier is a connection or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// QueryTexts returns the only column of a query, whose values must be short texts.
func QueryTexts(ctx context.Context, from Querier, query string, args ...any) ([]string, error) {
	found, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var all []string
	for found.Next() {
		var text string
		if err := found.Scan(ShortTexts(&text)...); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, found.Err()
}
