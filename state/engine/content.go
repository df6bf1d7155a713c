package engine

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// Another program may have written anything into a row. Malformed content is reported where
// the row is read, so that nobody else has to expect it.

// ErrContent is the error that every content error is.
var ErrContent = errors.New("what is stored cannot be")

// NewContentError returns the error for malformed content of a row. of says which row it
// is.
func NewContentError(of string, what error) error { return &contentError{of, what} }

// contentError is malformed content of a row.
type contentError struct {
	of   string // which row
	what error
}

func (e *contentError) Error() string {
	return fmt.Sprintf("what is stored of %s cannot be: %s", e.of, BriefReason(e.what.Error()))
}

// Unwrap returns the cause.
func (e *contentError) Unwrap() error { return e.what }

// Is reports whether target is ErrContent.
func (e *contentError) Is(target error) bool { return target == ErrContent }

// DecodeJSON decodes the JSON in a column. The error names the column.
func DecodeJSON(column, text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("its %s: %w", column, err)
	}
	return nil
}

// EncodeJSON encodes a value as JSON. It panics if the value cannot be encoded.
func EncodeJSON(v any) string {
	encoded, err := json.Marshal(v)
	if err != nil {
		panic("state: " + err.Error()) // plain structs, maps and lists only
	}
	return string(encoded)
}

// ListInto scans a JSON list into a variable.
func ListInto[T any](list *[]T) sql.Scanner { return listColumn[T]{list} }

type listColumn[T any] struct{ list *[]T }

// Scan decodes the list.
func (c listColumn[T]) Scan(stored any) error {
	text, _ := stored.(string)
	return json.Unmarshal([]byte(text), c.list)
}

// EncodeList encodes a list as JSON; nil is the empty list.
func EncodeList[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	return EncodeJSON(list)
}
