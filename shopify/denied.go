package shopify

import (
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
)

// deniedError names the resource that the shop refuses to show. That it lets the app run
// no bulk operations is another matter.
func deniedError(err error, resource connector.Resource) error {
	var fault *connector.Fault
	ofBulk := errors.Is(err, bulk.ErrNone) && !client.IsDenied(err)
	if !errors.As(err, &fault) || fault.Code != connector.ScopeMissing || ofBulk {
		return err
	}
	return &importer.DeniedError{Fault: fault, Resource: resource}
}
