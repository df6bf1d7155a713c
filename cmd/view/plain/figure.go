package plain

import (
	"fmt"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// Count writes a number with its thousands apart: 12,340.
func Count(n int) string { return importer.Thousands(n) }

// Counted writes a number and the word for what it counts.
func Counted(n int, word string) string {
	if n != 1 {
		word = PluralOf(word)
	}
	return Count(n) + " " + word
}

// PluralOf is the plural of an English noun. It knows the nouns of this program only.
func PluralOf(word string) string {
	if stem, ends := strings.CutSuffix(word, "ory"); ends {
		return stem + "ories"
	}
	if strings.HasSuffix(word, "ch") || strings.HasSuffix(word, "s") || strings.HasSuffix(word, "x") {
		return word + "es"
	}
	return word + "s"
}

// DurationText writes a duration rounded for people.
func DurationText(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", max(d, 0).Milliseconds())
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	default:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	}
}

// MomentText writes a time to the minute, in UTC.
func MomentText(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// AwayText writes how far off a time is; a negative duration is in the past.
func AwayText(d time.Duration) string {
	switch {
	case d > -time.Minute && d <= 0:
		return "just now"
	case d < 0:
		return roughDuration(-d) + " ago"
	default:
		return "in " + roughDuration(d)
	}
}

// roughDuration writes a duration in its largest unit.
func roughDuration(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return Counted(int(d/time.Second), "second")
	case d < time.Hour:
		return Counted(int(d/time.Minute), "minute")
	case d < 2*day:
		return Counted(int(d/time.Hour), "hour")
	default:
		return Counted(int(d/day), "day")
	}
}

// SignedCount writes a difference, with a plus sign where it is above 0.
func SignedCount(n int) string {
	if n > 0 {
		return "+" + Count(n)
	}
	return Count(n)
}

// YesNo is "yes" or "no".
func YesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// SizeText writes a number of bytes in the unit that suits it.
func SizeText(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	size, unit := float64(n), 0
	for ; size >= 1000 && unit < len(units)-1; unit++ {
		size /= 1000
	}
	if unit == 0 || size >= 100 {
		return fmt.Sprintf("%.0f %s", size, units[unit])
	}
	return fmt.Sprintf("%.1f %s", size, units[unit])
}
