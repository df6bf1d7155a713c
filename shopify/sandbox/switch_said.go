package sandbox

import (
	"fmt"
	"strconv"
	"strings"
)

// saidSwitches make answers differ from Shopify's schema.
func saidSwitches() []Switch {
	return []Switch{
		{"say", "OBJECT.FIELD=JSON", "the shop says that for a field, such as Product/enamel-mug.title=null", func(_ *Server, shop *Shop, value string) error {
			field, text, _ := strings.Cut(value, "=")
			return shop.Say(field, text)
		}},
		{"miscount", "OBJECT.FIELD=N", "a count is off by N for good, such as Collection/gifts.productsCount=1", func(_ *Server, shop *Shop, value string) error {
			field, text, _ := strings.Cut(value, "=")
			by, err := strconv.Atoi(text)
			if err != nil {
				return fmt.Errorf("%q is no number", text)
			}
			return shop.Miscount(field, by)
		}},
		{"leave-out", "TYPE.FIELD", "the API version has no such field, such as Product.mediaCount", func(s *Server, _ *Shop, value string) error {
			typeName, field, _ := strings.Cut(value, ".")
			return s.schema.LeaveOut(typeName, field)
		}},
		{"put-back", "TYPE.FIELD", "it has that field again", func(s *Server, _ *Shop, value string) error {
			typeName, field, _ := strings.Cut(value, ".")
			return s.schema.PutBack(typeName, field)
		}},
	}
}
