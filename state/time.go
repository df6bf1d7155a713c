package state

import (
	"fmt"
	"time"
)

// formatTime gives the stored form of t; the zero time is stored as NULL.
func formatTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z") // fixed width, so that text order is time order
}

// timeColumn reads a stored time; NULL becomes the zero time.
type timeColumn struct{ *time.Time }

func (c timeColumn) Scan(stored any) error {
	switch text := stored.(type) {
	case nil:
		*c.Time = time.Time{}
		return nil
	case string:
		parsed, err := timeOf(text)
		*c.Time = parsed
		return err
	}
	return fmt.Errorf("a time is stored as %T", stored)
}
