package shopify

import (
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
)

// deniedError adds to an error that a scope is missing which resource the shop refuses. An
// app that may not run bulk operations may still read the resource by pages, so that this
// error stays as it is.
func deniedError(err error, resource connector.Resource) error {
	var fault *connector.Fault
	ofBulk := errors.Is(err, bulk.ErrNone) && !client.IsDenied(err)
	if !errors.As(err, &fault) || fault.Code != connector.ScopeMissing || ofBulk {
		return err
	}
	return &importer.DeniedError{Fault: fault, Resource: resource}
}
