package health

import (
	"fmt"
	"strings"
	"time"
)

// about writes a duration in whole minutes, hours or days, whichever says enough.
func about(d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	}
	return fmt.Sprintf("%d days", d/(24*time.Hour))
}

// Short writes a duration as it is typed: 25h, 90m, 2d.
func Short(d time.Duration) string {
	if d >= 48*time.Hour && d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	}
	return Trimmed(d.String())
}

// Trimmed drops the zero units at the end of a duration's text: 24h0m0s becomes 24h.
func Trimmed(text string) string {
	if short, ok := strings.CutSuffix(text, "m0s"); ok {
		text = short + "m"
	}
	if short, ok := strings.CutSuffix(text, "h0m"); ok {
		text = short + "h"
	}
	return text
}
