/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "kallsyms.h"

#include <elf.h>
#include <string.h>

/* Sections of the file, in this order. */
enum { NONE, TEXT, DATA, SYMBOLS, NAMES, SECTION_NAMES, SECTIONS };

static const char section_names[] = "\0.text\0.data\0.symtab\0.strtab\0.shstrtab";
static const guint8 section_name_at[SECTIONS] = {0, 1, 7, 13, 21, 29};

struct symbol {
    guint64 address;
    const char *name;
    gsize length;
    gboolean is_code;
};

static gint by_address(gconstpointer one, gconstpointer other)
{
    const struct symbol *a = one, *b = other;

    return a->address < b->address ? -1 : a->address > b->address;
}

/* "ffffa2c4d8a10000 T _stext", with a module's name after it or not. */
static gboolean read_line(const char *line, gsize length, struct symbol *symbol)
{
    char *end = NULL;
    const char *stop = line + length;

    symbol->address = g_ascii_strtoull(line, &end, 16);
    if (end == line || symbol->address == 0 || stop - end < 4 || end[0] != ' ' || end[2] != ' ') {
        return FALSE;
    }
    symbol->is_code = strchr("TtWw", end[1]) != NULL;
    symbol->name = end + 3;
    symbol->length = strcspn(symbol->name, "\t\n ");
    return symbol->name + symbol->length <= stop && symbol->length > 0 &&
           symbol->name[0] != '$'; /* marks between code and data */
}

static GArray *read_all(const char *text)
{
    GArray *symbols = g_array_new(FALSE, FALSE, sizeof(struct symbol));
    struct symbol symbol;

    while (*text != '\0') {
        gsize length = strcspn(text, "\n");
        if (read_line(text, length, &symbol)) {
            g_array_append_val(symbols, symbol);
        }
        text += length + (text[length] == '\n');
    }
    g_array_sort(symbols, by_address);
    return symbols;
}

/* From a symbol to the next one of another address. */
static guint64 size_of(const GArray *symbols, guint index)
{
    const struct symbol *all = (const struct symbol *)(const void *)symbols->data;

    for (guint next = index + 1; next < symbols->len; next++) {
        if (all[next].address != all[index].address) {
            return MIN(all[next].address - all[index].address, 1 << 20);
        }
    }
    return 4;
}

static void add_symbol(GByteArray *table, GByteArray *names, const struct symbol *symbol,
                       guint64 size)
{
    const Elf64_Sym entry = {
        .st_name = names->len,
        .st_info = ELF64_ST_INFO(STB_GLOBAL, symbol->is_code ? STT_FUNC : STT_OBJECT),
        .st_shndx = symbol->is_code ? TEXT : DATA,
        .st_value = symbol->address,
        .st_size = size,
    };

    g_byte_array_append(table, (const guint8 *)&entry, sizeof(entry));
    g_byte_array_append(names, (const guint8 *)symbol->name, (guint)symbol->length);
    g_byte_array_append(names, (const guint8 *)"", 1);
}

/* The section that has code, or data, reaches from the first to the last of it. */
static Elf64_Shdr span_of(const GArray *symbols, gboolean code)
{
    Elf64_Shdr section = {.sh_type = SHT_NOBITS,
                          .sh_flags = SHF_ALLOC | (code ? SHF_EXECINSTR : SHF_WRITE),
                          .sh_addralign = 4};

    for (guint i = 0; i < symbols->len; i++) {
        const struct symbol *symbol = &g_array_index(symbols, struct symbol, i);
        if (symbol->is_code == code) {
            section.sh_addr = section.sh_addr ? section.sh_addr : symbol->address;
            section.sh_size = symbol->address - section.sh_addr + 4;
        }
    }
    return section;
}

static Elf64_Ehdr header_of(guint64 sections_at)
{
    Elf64_Ehdr header = {.e_type = ET_EXEC,
                         .e_machine = EM_AARCH64,
                         .e_version = EV_CURRENT,
                         .e_shoff = sections_at,
                         .e_ehsize = sizeof(Elf64_Ehdr),
                         .e_shentsize = sizeof(Elf64_Shdr),
                         .e_shnum = SECTIONS,
                         .e_shstrndx = SECTION_NAMES};

    memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_ident[EI_VERSION] = EV_CURRENT;
    return header;
}

static void pad(GByteArray *file)
{
    static const guint8 zeros[8];

    g_byte_array_append(file, zeros, (8 - file->len % 8) % 8);
}

/* Adds the contents of a section, and says in its header where. */
static void add_contents(GByteArray *file, Elf64_Shdr *section, guint32 type, const void *bytes,
                         guint length)
{
    pad(file);
    section->sh_type = type;
    section->sh_offset = file->len;
    section->sh_size = length;
    section->sh_addralign = 8;
    g_byte_array_append(file, bytes, length);
}

static GByteArray *write_elf(const GArray *symbols, const GByteArray *table,
                             const GByteArray *names)
{
    Elf64_Shdr section[SECTIONS] = {{0}};
    Elf64_Ehdr header = header_of(0);
    GByteArray *file = g_byte_array_new();

    g_byte_array_append(file, (const guint8 *)&header, sizeof(header));
    section[TEXT] = span_of(symbols, TRUE);
    section[DATA] = span_of(symbols, FALSE);
    add_contents(file, &section[SYMBOLS], SHT_SYMTAB, table->data, table->len);
    section[SYMBOLS].sh_link = NAMES;
    section[SYMBOLS].sh_info = 1;
    section[SYMBOLS].sh_entsize = sizeof(Elf64_Sym);
    add_contents(file, &section[NAMES], SHT_STRTAB, names->data, names->len);
    add_contents(file, &section[SECTION_NAMES], SHT_STRTAB, section_names, sizeof(section_names));
    for (guint i = 0; i < SECTIONS; i++) {
        section[i].sh_name = section_name_at[i];
    }
    pad(file);
    header = header_of(file->len);
    memcpy(file->data, &header, sizeof(header));
    g_byte_array_append(file, (const guint8 *)section, sizeof(section));
    return file;
}

GByteArray *kallsyms_elf(const char *text)
{
    static const Elf64_Sym none;
    g_autoptr(GArray) symbols = read_all(text);
    g_autoptr(GByteArray) table = g_byte_array_new(), names = g_byte_array_new();

    g_byte_array_append(table, (const guint8 *)&none, sizeof(none));
    g_byte_array_append(names, (const guint8 *)"", 1);
    for (guint i = 0; i < symbols->len; i++) {
        add_symbol(table, names, &g_array_index(symbols, struct symbol, i), size_of(symbols, i));
    }
    return symbols->len > 0 ? write_elf(symbols, table, names) : NULL;
}
