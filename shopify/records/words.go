package records

import "strings"

// inSmallLetters returns a word of the shop in small letters, as the catalogue has it.
func inSmallLetters(word string) string {
	if known := smallLetters[word]; known != "" {
		return known
	}
	return strings.ToLower(word)
}

// smallLetters has the words that come with every record, so that these take no memory.
var smallLetters = map[string]string{
	"ACTIVE": "active", "ARCHIVED": "archived", "DRAFT": "draft", "IMAGE": "image", "READY": "ready",
	"GRAMS": "grams", "KILOGRAMS": "kilograms", "OUNCES": "ounces", "POUNDS": "pounds",
}
