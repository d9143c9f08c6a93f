/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Pairs of ports, and the symbols of a kernel. */
#include <elf.h>
#include <string.h>

#include "../../sdk/cli/kallsyms.h"
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

static const Elf64_Sym *symbol_of(const GByteArray *elf, const char *name)
{
    const Elf64_Ehdr *header = (const void *)elf->data;
    const Elf64_Shdr *section = (const void *)(elf->data + header->e_shoff);

    for (int i = 0; i < header->e_shnum; i++) {
        const Elf64_Sym *symbols = (const void *)(elf->data + section[i].sh_offset);
        const char *names = (const char *)elf->data + section[section[i].sh_link].sh_offset;
        guint count = (guint)(section[i].sh_size / sizeof(*symbols));

        for (guint s = 0; section[i].sh_type == SHT_SYMTAB && s < count; s++) {
            if (strcmp(names + symbols[s].st_name, name) == 0) {
                return &symbols[s];
            }
        }
    }
    return NULL;
}

static void test_kallsyms(void)
{
    g_autoptr(GByteArray) elf = kallsyms_elf("ffff800080001000 T second\n"
                                             "ffff800080000000 t first\n"
                                             "ffff800080000000 T $x\n"
                                             "ffff800080900000 D jiffies\n"
                                             "no symbol\n"
                                             "0000000000000000 T hidden\n"
                                             "ffff800081000000 t of_module\t[module]\n");
    const Elf64_Sym *symbol;

    CU_ASSERT_PTR_NOT_NULL_FATAL(elf);
    CU_ASSERT_EQUAL(memcmp(elf->data, ELFMAG, SELFMAG), 0);
    symbol = symbol_of(elf, "first");
    CU_ASSERT_PTR_NOT_NULL_FATAL(symbol);
    CU_ASSERT_EQUAL(symbol->st_value, 0xffff800080000000);
    CU_ASSERT_EQUAL(symbol->st_size, 0x1000);
    CU_ASSERT_EQUAL(ELF64_ST_TYPE(symbol->st_info), STT_FUNC);
    symbol = symbol_of(elf, "jiffies");
    CU_ASSERT_PTR_NOT_NULL_FATAL(symbol);
    CU_ASSERT_EQUAL(ELF64_ST_TYPE(symbol->st_info), STT_OBJECT);
    CU_ASSERT_PTR_NOT_NULL(symbol_of(elf, "of_module"));
    CU_ASSERT_PTR_NULL(symbol_of(elf, "hidden"));
    CU_ASSERT_PTR_NULL(symbol_of(elf, "$x"));
}

static void test_no_symbols(void)
{
    CU_ASSERT_PTR_NULL(kallsyms_elf(""));
    CU_ASSERT_PTR_NULL(kallsyms_elf("0000000000000000 T a\n"));
    CU_ASSERT_PTR_NULL(kallsyms_elf("ffff T"));
    CU_ASSERT_PTR_NULL(kallsyms_elf("ffff T \n"));
    CU_ASSERT_PTR_NULL(kallsyms_elf("ffff\nT x\n"));
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"ports", test_ports},
                                        {"kallsyms", test_kallsyms},
                                        {"no symbols", test_no_symbols},
                                        CU_TEST_INFO_NULL};

    return run_suite("cli_debug", tests);
}
