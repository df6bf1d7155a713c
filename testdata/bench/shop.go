package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// shop is another process of this program, which both programs import from. It is one of
// its own because the system counts what whoever starts a program takes as its peak.
type shop struct {
	process   *exec.Cmd
	orders    io.WriteCloser
	answers   *bufio.Scanner
	domain    string
	variables []string
}

func openShop(ctx context.Context, products int) (*shop, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &shop{process: exec.CommandContext(ctx, self, "-shop", "-products", strconv.Itoa(products))} // #nosec G204 -- this program
	s.process.Stderr = os.Stderr
	s.orders, err = s.process.StdinPipe()
	answers, outErr := s.process.StdoutPipe()
	if err = errors.Join(err, outErr); err != nil {
		return nil, err
	}
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	s.answers = bufio.NewScanner(answers)
	told, err := s.hear()
	if err != nil {
		return nil, err
	}
	words := strings.Fields(told)
	s.domain, s.variables = words[0], words[1:]
	return s, nil
}

func (s *shop) hear() (string, error) {
	if !s.answers.Scan() {
		return "", errors.Join(errors.New("the shop has ended"), s.answers.Err())
	}
	return s.answers.Text(), nil
}

// change has every tenth price changed.
func (s *shop) change(number int) error {
	if _, err := fmt.Fprintln(s.orders, number); err != nil {
		return err
	}
	_, err := s.hear()
	return err
}

func (s *shop) close() {
	s.orders.Close()
	_ = s.process.Wait() // it ends with its orders
}

// serve is the shop, until there are no more orders.
func serve(products int) {
	shop := sandboxtest.Generate(products)
	shop.SameOrganisation(true)
	server, err := sandboxtest.Start(sandboxtest.Options{Shops: []*sandboxtest.Shop{shop}, BucketSize: 1e9, RestoreRate: 1e9})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	defer server.Close()
	server.Install(shop.Domain())
	fmt.Println(strings.Join(slices.Concat([]string{shop.Domain()}, server.Env()), " "))
	for orders := bufio.NewScanner(os.Stdin); orders.Scan(); {
		for i, variant := range shop.Truth().Variants {
			if i%10 > 0 {
				continue
			}
			if err := shop.SetPrice(variant.ID, fmt.Sprintf("1%s.%02d", orders.Text(), i%100)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return
			}
		}
		fmt.Println("changed")
	}
}
