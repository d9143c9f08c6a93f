/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Pairs of ports. */
#include "../../sdk/cli/ports.h"
#include "suite.h"

static void test_ports(void)
{
    struct ports ports;

    CU_ASSERT_TRUE(ports_parse("8080:80", NULL, &ports));
    CU_ASSERT_TRUE(ports.from == 8080 && ports.to == 80);
    CU_ASSERT_TRUE(ports_parse("tcp:0", "tcp:22", &ports));
    CU_ASSERT_TRUE(ports.from == 0 && ports.to == 22);
    CU_ASSERT_TRUE(ports_parse("tcp:1:tcp:2", NULL, &ports));
    CU_ASSERT_TRUE(ports_parse("65535", "1", &ports));
    CU_ASSERT_FALSE(ports_parse("80", NULL, &ports));
    CU_ASSERT_FALSE(ports_parse("80:0", NULL, &ports));
    CU_ASSERT_FALSE(ports_parse("80:65536", NULL, &ports));
    CU_ASSERT_FALSE(ports_parse("80:", NULL, &ports));
    CU_ASSERT_FALSE(ports_parse(":80", NULL, &ports));
    CU_ASSERT_FALSE(ports_parse("1:2:3", NULL, &ports));
    CU_ASSERT_FALSE(ports_parse("1:2", "3", &ports));
    CU_ASSERT_FALSE(ports_parse("udp:1", "2", &ports));
    CU_ASSERT_FALSE(ports_parse("-1", "2", &ports));
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"ports", test_ports}, CU_TEST_INFO_NULL};

    return run_suite("ports", tests);
}
