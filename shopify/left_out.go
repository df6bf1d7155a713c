package shopify

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
)

// A later version of the API may lack a field. Those that only serve to verify what was
// read, or to tell a change, are left out of the documents then.

// dispensable are the fields that can be done without, by their types.
var dispensable = map[string]bool{
	"Product.variantsCount": true, "Product.mediaCount": true, "Collection.productsCount": true,
	"Product.updatedAt": true, "ProductVariant.updatedAt": true, "Collection.updatedAt": true,
	"QueryRoot.productsCount": true, "QueryRoot.productVariantsCount": true, "QueryRoot.collectionsCount": true, "QueryRoot.locationsCount": true,
}

var (
	errLeftOut     = errors.New("a field was left out of the question")
	undefinedField = regexp.MustCompile(`Field '(\w+)' doesn't exist on type '(\w+)'`)
)

// leaveOut notes the fields that errors say the version lacks. It reports whether the
// question may be asked without them.
func (c *Client) leaveOut(raw json.RawMessage) bool {
	var list []graphError
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return false
	}
	var lacking []string
	for _, e := range list {
		field := e.Extensions.TypeName + "." + e.Extensions.FieldName
		if e.Extensions.Code != "undefinedField" || !dispensable[field] {
			return false
		}
		lacking = append(lacking, field)
	}
	c.lack(lacking...)
	return true
}

// leaveOutOfBulk is leaveOut for the refusal of a bulk operation, which is only words and
// may name one field at a time.
func (c *Client) leaveOutOfBulk(message string) bool {
	found := undefinedField.FindStringSubmatch(message)
	if found == nil || !dispensable[found[2]+"."+found[1]] {
		return false
	}
	return c.lack(found[2] + "." + found[1])
}

// lack notes fields and reports whether any is news.
func (c *Client) lack(fields ...string) (news bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, field := range fields {
		news = news || !c.lacking[field]
		c.lacking[field] = true
	}
	return news
}

// text is a document as it is sent, "" when nothing is left to be asked for.
func (c *Client) text(d document) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	text := d.text()
	for field := range c.lacking {
		of, name, _ := strings.Cut(field, ".")
		switch {
		case of != "QueryRoot":
			text = withoutField(text, name)
		case strings.Contains(text, " "+name+"("):
			return ""
		}
	}
	return text
}

// withoutField takes a field out of a document, with what is selected of it.
func withoutField(text, field string) string {
	return regexp.MustCompile(`(?m)^\s*`+field+`( \{[^{}]*\})?\n`).ReplaceAllString(text, "")
}
