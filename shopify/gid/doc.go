// Package gid knows the global ids of Shopify, such as gid://shopify/Product/1. It imports
// nothing of ours.
package gid
