package engine

import (
	"context"
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

// ShortTexts has the texts among what a row is read into be short ones.
func ShortTexts(into ...any) []any {
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

// Querier is a connection or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// QueryTexts gives the one column of a query, whose texts are short ones.
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
