package queries

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
)

//go:embed *.graphql bulk/*.graphql
var files embed.FS

// Text returns the document as it is sent.
func (d Document) Text() string {
	if one, n := d.askedOnce(); one != d {
		return repeatedText(one.Text(), n)
	}
	text, err := files.ReadFile(string(d) + ".graphql")
	if err != nil {
		panic("queries: " + err.Error()) // the constants above name the files
	}
	if strings.HasPrefix(string(d), "bulk/") {
		return strings.TrimSpace(string(text))
	}
	return string(text)
}

// OperationName returns the name of the document's only operation.
func (d Document) OperationName() string {
	found := namedOperation.FindStringSubmatch(d.Text())
	if found == nil {
		return string(d)
	}
	return found[1]
}

var namedOperation = regexp.MustCompile(`(?m)^(?:query|mutation) (\w+)`)

// Times returns the document that asks n times for what this one asks for once. The field nodes
// would take all ids at once, but its price is not known.
func (d Document) Times(n int) Document { return Document(fmt.Sprintf("%s*%d", d, n)) }

// askedOnce returns the document that is asked n times.
func (d Document) askedOnce() (one Document, n int) {
	name, times, several := strings.Cut(string(d), "*")
	if !several {
		return d, 1
	}
	_, _ = fmt.Sscan(times, &n) // Times printed it
	return Document(name), n
}

// repeatedText returns the text of a document whose only field is asked for n times, each time
// with its own name and id.
func repeatedText(text string, n int) string {
	head, field, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(text), "}"), "($id: ID!) {\n")
	var declared, fields []string
	for i := range n {
		declared = append(declared, fmt.Sprintf("$id%d: ID!", i+1))
		one := strings.ReplaceAll(strings.TrimSpace(field), "$id", fmt.Sprintf("$id%d", i+1))
		fields = append(fields, fmt.Sprintf("  o%d: %s\n", i+1, one))
	}
	return head + "(" + strings.Join(declared, ", ") + ") {\n" + strings.Join(fields, "") + "}\n"
}
