/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "text.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS    12 /* of tesseract's table: level ... left top width height conf text */
#define LEVEL_WORD "5"
#define SURE       25 /* per cent: less is noise */

void seen_free(struct seen *seen)
{
    g_free(seen->text);
    g_free(seen);
}

GPtrArray *seen_list(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)seen_free);
}

static struct seen *seen_new(const char *text, int x, int y, int width, int height)
{
    struct seen *seen = g_new0(struct seen, 1);

    *seen = (struct seen){.text = g_strdup(text), .x = x, .y = y, .width = width, .height = height};
    return seen;
}

void text_read_tsv(const char *tsv, GPtrArray *words)
{
    g_auto(GStrv) rows = g_strsplit(tsv, "\n", -1);

    for (char **row = rows; *row; row++) {
        g_auto(GStrv) column = g_strsplit(*row, "\t", COLUMNS);
        if (g_strv_length(column) != COLUMNS || strcmp(column[0], LEVEL_WORD) != 0 ||
            g_ascii_strtod(column[10], NULL) < SURE || !g_utf8_validate(column[11], -1, NULL) ||
            *g_strstrip(column[11]) == '\0') {
            continue;
        }
        g_ptr_array_add(words, seen_new(column[11], atoi(column[6]), atoi(column[7]),
                                        atoi(column[8]), atoi(column[9])));
    }
}

/* ---- Lines ------------------------------------------------------------------------------------
 */

static int overlap(int a, int a_size, int b, int b_size)
{
    return MIN(a + a_size, b + b_size) - MAX(a, b);
}

static gboolean is_same_place(const struct seen *a, const struct seen *b)
{
    const int wide = overlap(a->x, a->width, b->x, b->width);
    const int high = overlap(a->y, a->height, b->y, b->height);

    return wide * 2 > MIN(a->width, b->width) && high * 2 > MIN(a->height, b->height);
}

static gboolean is_hidden(const GPtrArray *words, guint at)
{
    const struct seen *word = words->pdata[at];

    for (guint i = 0; i < words->len; i++) {
        const struct seen *other = words->pdata[i];
        const gsize mine = strlen(word->text), its = strlen(other->text);
        if (i != at && is_same_place(word, other) && (its > mine || (its == mine && i < at))) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The word goes on the line. */
static gboolean continues(const struct seen *line, const struct seen *word)
{
    const int high = overlap(line->y, line->height, word->y, word->height);
    const int gap = word->x - (line->x + line->width);

    return high * 2 > MIN(line->height, word->height) && gap > -word->height / 2 &&
           gap < MAX(line->height, word->height) * 5 / 4;
}

static void append(struct seen *line, const struct seen *word)
{
    const int bottom = MAX(line->y + line->height, word->y + word->height);
    g_autofree char *before = line->text;

    line->text = g_strconcat(before, " ", word->text, NULL);
    line->width = word->x + word->width - line->x;
    line->y = MIN(line->y, word->y);
    line->height = bottom - line->y;
}

static gint by_column(gconstpointer a, gconstpointer b)
{
    return (*(struct seen *const *)a)->x - (*(struct seen *const *)b)->x;
}

static gint by_row(gconstpointer a, gconstpointer b)
{
    const struct seen *one = *(struct seen *const *)a, *other = *(struct seen *const *)b;

    return one->y != other->y ? one->y - other->y : one->x - other->x;
}

static void put(GPtrArray *lines, const struct seen *word)
{
    for (guint i = 0; i < lines->len; i++) {
        if (continues(lines->pdata[i], word)) {
            append(lines->pdata[i], word);
            return;
        }
    }
    g_ptr_array_add(lines, seen_new(word->text, word->x, word->y, word->width, word->height));
}

GPtrArray *text_lines(const GPtrArray *words)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    GPtrArray *lines = seen_list();

    for (guint i = 0; i < words->len; i++) {
        if (!is_hidden(words, i)) {
            g_ptr_array_add(sorted, words->pdata[i]);
        }
    }
    g_ptr_array_sort(sorted, by_column);
    for (guint i = 0; i < sorted->len; i++) {
        put(lines, sorted->pdata[i]);
    }
    g_ptr_array_sort(lines, by_row);
    return lines;
}

/* ---- Finding ----------------------------------------------------------------------------------
 */

static gunichar plain(gunichar letter)
{
    switch (letter) {
    case 'l':
    case 'I':
    case '|':
    case '!':
        return '1';
    case 'o':
    case 'O':
        return '0';
    case 0x2018: /* quotation marks */
    case 0x2019:
        return '\'';
    default:
        letter = g_unichar_tolower(letter);
        return letter == 'l' || letter == 'i' ? '1' : letter == 'o' ? '0' : letter;
    }
}

static void add(GArray *letters, GArray *at, gunichar letter, guint index)
{
    g_array_append_val(letters, letter);
    if (at) {
        g_array_append_val(at, index);
    }
}

/* Letters as they are compared; in `at` (NULL: nowhere) the place of each in `text`, in letters. */
static GArray *fold(const char *text, GArray *at)
{
    GArray *letters = g_array_new(FALSE, FALSE, sizeof(gunichar));
    guint index = 0;

    for (; *text; text = g_utf8_next_char(text), index++) {
        gunichar letter = plain(g_utf8_get_char(text));
        if (letter == 'm') {
            add(letters, at, 'r', index);
            add(letters, at, 'n', index);
        } else if (!g_unichar_isspace(letter)) {
            add(letters, at, letter, index);
        }
    }
    return letters;
}

gboolean text_find(const struct seen *line, const char *wanted, struct seen *place)
{
    g_autoptr(GArray) at = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) have = fold(line->text, at), want = fold(wanted, NULL);
    const int letters = (int)g_utf8_strlen(line->text, -1);

    for (guint i = 0; want->len > 0 && i + want->len <= have->len; i++) {
        if (memcmp(&g_array_index(have, gunichar, i), want->data, want->len * sizeof(gunichar))) {
            continue;
        }
        const int first = (int)g_array_index(at, guint, i);
        const int last = (int)g_array_index(at, guint, i + want->len - 1);
        *place = (struct seen){.x = line->x + line->width * first / letters,
                               .y = line->y,
                               .width = line->width * (last + 1 - first) / letters,
                               .height = line->height};
        return TRUE;
    }
    return FALSE;
}
