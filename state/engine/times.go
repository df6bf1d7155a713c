package engine

import (
	"database/sql"
	"fmt"
	"time"
)

// FormatTime gives the stored form of t; the zero time is stored as NULL.
func FormatTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z") // fixed width, so that text order is time order
}

// TimeInto reads a time of a row into a variable; NULL becomes the zero time.
func TimeInto(t *time.Time) sql.Scanner { return timeColumn{t} }

type timeColumn struct{ *time.Time }

// Scan reads what is stored.
func (c timeColumn) Scan(stored any) error {
	switch text := stored.(type) {
	case nil:
		*c.Time = time.Time{}
		return nil
	case string:
		parsed, err := parseTime(text)
		*c.Time = parsed
		return err
	}
	return fmt.Errorf("a time is stored as %T", stored)
}

// parseTime is the time that a text says. Years that no calendar of a program has are none.
func parseTime(text string) (time.Time, error) {
	parsed, err := time.Parse(time.RFC3339Nano, text)
	if year := parsed.UTC().Year(); err != nil || year < 0 || year > 9999 {
		return time.Time{}, fmt.Errorf("%.40q is no time", text)
	}
	return parsed, nil
}
