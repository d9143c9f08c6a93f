/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <gio/gio.h>
#include <inttypes.h>
#include <string.h>

#include "netrule.h"
#include "phone/handset.h"

/* Fills `error` with "dir/handset.ini: [group] key: what". Always returns false. */
G_GNUC_PRINTF(5, 6)
static bool refuse(GError **error, const struct handset *handset, const char *group,
                   const char *key, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s/%s: [%s] %s: %s", handset->dir,
                HANDSET_FILE, group, key, what);
    return false;
}

static char *absolute(const struct handset *handset, const char *file)
{
    return g_path_is_absolute(file) ? g_strdup(file) : g_build_filename(handset->dir, file, NULL);
}

static bool parse_number(const char *text, uint64_t max, uint64_t *number)
{
    char *end;
    errno = 0;
    if (!g_ascii_isdigit(text[0])) {
        return false;
    }
    *number = g_ascii_strtoull(text, &end, 0);
    return errno == 0 && *end == '\0' && *number <= max;
}

const struct handset_vm *handset_find_vm(const struct handset *handset, const char *name)
{
    uint64_t id;
    bool by_id = parse_number(name, HANDSET_MAX_VMS - 1, &id);

    for (unsigned i = 0; i < handset->vm_count; i++) {
        if (by_id ? handset->vm[i].id == id : strcmp(handset->vm[i].name, name) == 0) {
            return &handset->vm[i];
        }
    }
    return NULL;
}

static bool parse_board(struct handset *handset, GKeyFile *ini, GError **error)
{
    g_autofree char *name = g_key_file_get_string(ini, "handset", "board", NULL);
    g_autofree char *memory = g_key_file_get_string(ini, "handset", "memory", NULL);
    g_autofree char *known = boards_names();
    uint64_t mib;

    handset->board = name ? boards_find(name) : NULL;
    if (!handset->board) {
        return refuse(error, handset, "handset", "board", "'%s' is not one of %s; pack it again",
                      name ? name : "", known);
    }
    uint64_t least = handset->board->dram.min >> 20, most = handset->board->dram.max >> 20;
    mib = handset->board->dram.size >> 20;
    if (memory && (!parse_number(memory, most, &mib) || mib < least)) {
        return refuse(error, handset, "handset", "memory",
                      "'%s' is not %" PRIu64 " to %" PRIu64 " (MiB)", memory, least, most);
    }
    handset->memory_mib = (unsigned)mib;
    return true;
}

static bool parse_main(struct handset *handset, GKeyFile *ini, GError **error)
{
    g_autofree char *kernel = g_key_file_get_string(ini, "handset", "kernel", NULL);

    handset->name = g_key_file_get_string(ini, "handset", "name", NULL);
    handset->skin = g_key_file_get_string(ini, "handset", "skin", NULL);
    if (!handset->name || !*handset->name) {
        return refuse(error, handset, "handset", "name", "missing");
    }
    if (!kernel || !*kernel) {
        return refuse(error, handset, "handset", "kernel", "missing");
    }
    if (!parse_board(handset, ini, error)) {
        return false;
    }
    if (!handset->skin) {
        handset->skin = g_strdup(handset->board->name);
    }
    handset->kernel = absolute(handset, kernel);
    return true;
}

/* FILE=NUMBER of a group; `what` the number is. The path is the caller's to free. */
static bool parse_file(const struct handset *handset, GKeyFile *ini, const char *group,
                       const char *file, const char *what, char **path, uint64_t *number,
                       GError **error)
{
    g_autofree char *value = g_key_file_get_string(ini, group, file, NULL);

    if (!value || !parse_number(value, UINT64_MAX, number)) {
        return refuse(error, handset, group, file, "'%s' is no %s", value, what);
    }
    *path = absolute(handset, file);
    return true;
}

static bool parse_load(struct handset *handset, GKeyFile *ini, GError **error)
{
    gsize count = 0;
    g_auto(GStrv) files = g_key_file_get_keys(ini, "load", &count, NULL);

    handset->load = g_new0(struct handset_load, count + 1);
    for (gsize i = 0; i < count; i++) {
        struct handset_load *load = &handset->load[i];
        if (!parse_file(handset, ini, "load", files[i], "address", &load->path, &load->address,
                        error)) {
            return false;
        }
        handset->load_count++;
    }
    return true;
}

static bool parse_sizes(struct handset *handset, GKeyFile *ini, GError **error)
{
    gsize count = 0;
    g_auto(GStrv) files = g_key_file_get_keys(ini, "size", &count, NULL);

    handset->size = g_new0(struct handset_size, count + 1);
    for (gsize i = 0; i < count; i++) {
        struct handset_size *size = &handset->size[i];
        if (!parse_file(handset, ini, "size", files[i], "size", &size->path, &size->bytes, error)) {
            return false;
        }
        handset->size_count++;
    }
    return true;
}

static bool parse_emmc(struct handset *handset, GKeyFile *ini, GError **error)
{
    gsize count = 0;
    g_auto(GStrv) slots = g_key_file_get_keys(ini, "emmc", &count, NULL);

    for (gsize i = 0; i < count; i++) {
        g_autofree char *file = g_key_file_get_string(ini, "emmc", slots[i], NULL);
        uint64_t slot;
        if (!parse_number(slots[i], HANDSET_MAX_EMMC - 1, &slot)) {
            return refuse(error, handset, "emmc", slots[i], "is no slot (0 to %d)",
                          HANDSET_MAX_EMMC - 1);
        }
        if (file && *file) {
            g_free(handset->emmc[slot]);
            handset->emmc[slot] = absolute(handset, file);
        }
    }
    return true;
}

static bool is_colour(const char *text)
{
    if (text[0] != '#' || strlen(text) != 7) {
        return false;
    }
    return strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

static bool is_vm_name(const char *text)
{
    gsize length = strlen(text);
    return length > 0 && length < 16 && g_ascii_isalpha(text[0]) &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_") == length &&
           strcmp(text, "next") != 0 && strcmp(text, "el2") != 0;
}

static bool uart_is_taken(const struct handset *handset, int uart)
{
    for (unsigned i = 0; i < handset->vm_count; i++) {
        if (handset->vm[i].uart == uart) {
            return true;
        }
    }
    return uart == HANDSET_UART_EL2 || uart == HANDSET_UART_SERVICE;
}

static bool parse_uart(struct handset *handset, struct handset_vm *vm, GKeyFile *ini,
                       const char *group, GError **error)
{
    g_autofree char *text = g_key_file_get_string(ini, group, "uart", NULL);
    uint64_t uart;

    vm->uart = -1;
    if (!text) {
        return true;
    }
    if (!parse_number(text, HANDSET_UARTS - 1, &uart) || uart_is_taken(handset, (int)uart)) {
        return refuse(error, handset, group, "uart", "'%s' is no free UART of the board", text);
    }
    vm->uart = (int)uart;
    return true;
}

/* Where pack has put its data disk; that disk is one that [emmc] names. */
static bool parse_data_slot(struct handset *handset, struct handset_vm *vm, GKeyFile *ini,
                            const char *group, const char *name, GError **error)
{
    g_autofree char *text = g_key_file_get_string(ini, group, "data-slot", NULL);
    uint64_t slot = 0;

    if (text && (!parse_number(text, HANDSET_MAX_EMMC - 1, &slot) || slot == 0)) {
        return refuse(error, handset, group, "data-slot", "'%s' is no slot (1 to %d)", text,
                      HANDSET_MAX_EMMC - 1);
    }
    if (slot && !handset->emmc[slot]) {
        return refuse(error, handset, "emmc", text,
                      "missing, the data disk of %s; put the line back: `%s=%s/data.img`", name,
                      text, name);
    }
    vm->data_slot = (unsigned)slot;
    return true;
}

bool handset_vm_has_network(const struct handset_vm *vm, unsigned wire)
{
    return vm->kind == PB_KIND_PERSONA && vm->networks >> wire & 1;
}

/* No line: all. */
static bool parse_networks(struct handset *handset, struct handset_vm *vm, GKeyFile *ini,
                           const char *group, GError **error)
{
    static const char *const names[] = {"none", "wifi", "cellular", "all", NULL};
    g_autofree char *text = g_key_file_get_string(ini, group, "network", NULL);

    vm->networks = 3;
    for (unsigned i = 0; text && names[i]; i++) {
        if (strcmp(text, names[i]) == 0) {
            vm->networks = i;
            return true;
        }
    }
    return !text || refuse(error, handset, group, "network",
                           "'%s' is not all, wifi, cellular or none", text);
}

static bool parse_firewall(struct handset *handset, struct handset_vm *vm, GKeyFile *ini,
                           const char *group, GError **error)
{
    g_autofree char *text = g_key_file_get_string(ini, group, "firewall", NULL);
    g_autoptr(GError) why = NULL;

    vm->firewall = text ? netrule_list(text, &why) : NULL;
    return !why || refuse(error, handset, group, "firewall", "%s", why->message);
}

static bool parse_vm(struct handset *handset, GKeyFile *ini, const char *group, GError **error)
{
    struct handset_vm *vm = &handset->vm[handset->vm_count];
    g_autofree char *kind = g_key_file_get_string(ini, group, "kind", NULL);
    g_autofree char *name = g_key_file_get_string(ini, group, "name", NULL);

    vm->id = handset->vm_count;
    if (!name || !is_vm_name(name) || handset_find_vm(handset, name)) {
        return refuse(error, handset, group, "name", "'%s' is no unique name of a VM", name);
    }
    vm->kind = kind ? pb_kind_of(kind) : PB_KINDS;
    if (vm->kind == PB_KINDS) {
        return refuse(error, handset, group, "kind", "'%s' is no kind of VM", kind);
    }
    if (!parse_uart(handset, vm, ini, group, error) ||
        !parse_data_slot(handset, vm, ini, group, name, error) ||
        !parse_networks(handset, vm, ini, group, error) ||
        !parse_firewall(handset, vm, ini, group, error)) {
        return false;
    }
    vm->autostart = !g_key_file_has_key(ini, group, "autostart", NULL) ||
                    g_key_file_get_boolean(ini, group, "autostart", NULL);
    vm->name = g_steal_pointer(&name);
    vm->display_name = g_key_file_get_string(ini, group, "display-name", NULL);
    vm->colour = g_key_file_get_string(ini, group, "colour", NULL);
    handset->vm_count++; /* from here on handset_free() frees it */
    if (!vm->display_name) {
        vm->display_name = g_strdup(vm->name);
    }
    if (!vm->colour || !is_colour(vm->colour)) {
        g_free(vm->colour);
        vm->colour = g_strdup("#77767b");
    }
    return true;
}

static bool parse_vms(struct handset *handset, GKeyFile *ini, GError **error)
{
    for (unsigned i = 0; i < HANDSET_MAX_VMS; i++) {
        g_autofree char *group = g_strdup_printf("vm %u", i);
        if (!g_key_file_has_group(ini, group)) {
            break;
        }
        if (!parse_vm(handset, ini, group, error)) {
            return false;
        }
    }
    return true;
}

static bool is_used(const struct handset *handset, const char *path)
{
    for (unsigned i = 0; i < handset->load_count; i++) {
        if (strcmp(handset->load[i].path, path) == 0) {
            return true;
        }
    }
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        if (g_strcmp0(handset->emmc[i], path) == 0) {
            return true;
        }
    }
    return strcmp(handset->kernel, path) == 0;
}

/* Pack has written down the size of no file that it does not name: a line is gone. */
static bool check_sizes_used(const struct handset *handset, GError **error)
{
    for (unsigned i = 0; i < handset->size_count; i++) {
        g_autofree char *name = g_path_get_basename(handset->size[i].path);
        if (!is_used(handset, handset->size[i].path)) {
            return refuse(error, handset, "size", name,
                          "named by no line of [load] or [emmc]: that one is missing; put it back, "
                          "or write the file anew with `make images`");
        }
    }
    return true;
}

struct handset *handset_parse(const char *dir, const char *text, gsize length, GError **error)
{
    g_autoptr(GKeyFile) ini = g_key_file_new();
    g_autoptr(GError) why = NULL;
    struct handset *handset = g_new0(struct handset, 1);

    handset->dir = g_strdup(dir);
    if (!g_key_file_load_from_data(ini, text, length, G_KEY_FILE_NONE, &why)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s/%s: %s", dir, HANDSET_FILE,
                    why->message);
        goto fail;
    }
    if (!parse_main(handset, ini, error) || !parse_load(handset, ini, error) ||
        !parse_sizes(handset, ini, error) || !parse_emmc(handset, ini, error) ||
        !parse_vms(handset, ini, error) || !check_sizes_used(handset, error)) {
        goto fail;
    }
    return handset;
fail:
    handset_free(handset);
    return NULL;
}
