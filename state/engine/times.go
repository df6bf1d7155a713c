package engine

import (
	"database/sql"
	"fmt"
	"time"
)

// FormatTime returns the stored form of t; the zero time is stored as NULL.
func FormatTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z") // fixed width, so that text order is time order
}

// TimeInto scans a time into a variable; NULL becomes the zero time.
func TimeInto(t *time.Time) sql.Scanner { return timeColumn{t} }

type timeColumn struct{ *time.Time }

// Scan parses the stored time.
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

// parseTime parses a stored time. Its year must be between 0 and 9999.
func parseTime(text string) (time.Time, error) {
	parsed, err := time.Parse(time.RFC3339Nano, text)
	if year := parsed.UTC().Year(); err != nil || year < 0 || year > 9999 {
		return time.Time{}, fmt.Errorf("%.40q is no time", text)
	}
	return parsed, nil
}
