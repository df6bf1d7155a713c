package engine

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// Another program may have put anything into a row. What cannot be is named where the
// row is read, in so many words, so that nothing further on has to think of it.

// ErrContent is what an error is of which a row is the cause that another program wrote.
var ErrContent = errors.New("what is stored cannot be")

// NewContentError says what of a row cannot be, and which row it is.
func NewContentError(of string, what error) error { return &contentError{of, what} }

// contentError says what of a row cannot be.
type contentError struct {
	of   string // what the row is
	what error
}

func (e *contentError) Error() string {
	return fmt.Sprintf("what is stored of %s cannot be: %s", e.of, BriefReason(e.what.Error()))
}

// Unwrap returns what cannot be.
func (e *contentError) Unwrap() error { return e.what }

// Is makes it known for what it is.
func (e *contentError) Is(target error) bool { return target == ErrContent }

// DecodeJSON reads the JSON of a column.
func DecodeJSON(column, text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("its %s: %w", column, err)
	}
	return nil
}

// EncodeJSON is a value as JSON, which Decode reads.
func EncodeJSON(v any) string {
	encoded, err := json.Marshal(v)
	if err != nil {
		panic("state: " + err.Error()) // plain structs, maps and lists only
	}
	return string(encoded)
}

// ListInto reads a JSON list of a row into a variable.
func ListInto[T any](list *[]T) sql.Scanner { return listColumn[T]{list} }

type listColumn[T any] struct{ list *[]T }

// Scan reads what is stored.
func (c listColumn[T]) Scan(stored any) error {
	text, _ := stored.(string)
	return json.Unmarshal([]byte(text), c.list)
}

// EncodeList is a list as JSON, which ListInto reads; nil is an empty one.
func EncodeList[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	return EncodeJSON(list)
}
