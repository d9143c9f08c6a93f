/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The toolbar's pictures: strokes on a grid of 24 x 24, drawn by SDL_image's SVG renderer. */
#include <SDL_image.h>

#include "frontends/window.h"

static const char *const tools[] = {
    [TOOL_SIDE] = "M4 5h6.5v14H4zM13.5 5H20v14h-6.5z",
    [TOOL_POWER] = "M12 3.5v8M7 6.8a7.5 7.5 0 1 0 10 0",
    [TOOL_VOLUME_UP] = "M3.5 9.5v5h3l4.5 4v-13l-4.5 4zM18 9v6M15 12h6",
    [TOOL_VOLUME_DOWN] = "M3.5 9.5v5h3l4.5 4v-13l-4.5 4zM15 12h6",
    [TOOL_ROTATE] = "M19 12a7 7 0 1 1-2.5-5.4L19 9M19 4.5V9h-4.5",
    [TOOL_PANEL] = "M4 7h7M15 7h5M13 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4",
    [TOOL_SHOT] = "M4 8h3.5l1.5-2.5h6l1.5 2.5H20v10.5H4zM12 10a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
};

/* Capital letters, 12 wide and 12 high, in the middle of the grid. */
static const char *const letters[26] = {
    ['A' - 'A'] = "M7.5 18L12 6l4.5 12M9 14h6",
    ['B' - 'A'] = "M8.5 18V6H12a3 3 0 0 1 0 6H8.5H13a3 3 0 0 1 0 6z",
    ['C' - 'A'] = "M16.5 8.5a5.5 5.5 0 1 0 0 7",
    ['D' - 'A'] = "M8 18V6h3a6 6 0 0 1 0 12z",
    ['E' - 'A'] = "M15.5 6H9v12h6.5M9 12h5.5",
    ['F' - 'A'] = "M15.5 6H9v12M9 12h5.5",
    ['G' - 'A'] = "M16.5 8.5a5.5 5.5 0 1 0 0.5 4.5h-4",
    ['H' - 'A'] = "M8 6v12M16 6v12M8 12h8",
    ['I' - 'A'] = "M12 6v12",
    ['J' - 'A'] = "M14.5 6v8.5a3 3 0 0 1-6 0",
    ['K' - 'A'] = "M8.5 6v12M16 6l-7.5 7M11 11l5.5 7",
    ['L' - 'A'] = "M9 6v12h6.5",
    ['M' - 'A'] = "M7 18V6l5 8l5-8v12",
    ['N' - 'A'] = "M8 18V6l8 12V6",
    ['O' - 'A'] = "M12 6a6 6 0 1 0 0 12a6 6 0 1 0 0-12",
    ['P' - 'A'] = "M9 18V6h3.5a3.5 3.5 0 0 1 0 7H9",
    ['Q' - 'A'] = "M12 6a6 6 0 1 0 0 12a6 6 0 1 0 0-12M13.5 14.5l4 4",
    ['R' - 'A'] = "M8.5 18V6H12a3.3 3.3 0 0 1 0 6.6H8.5M12.5 12.6L16 18",
    ['S' - 'A'] = "M15.5 8a3.5 2.5 0 0 0-3.5-2a3.5 3 0 0 0 0 6a3.5 3 0 0 1 0 6a4 3 0 0 1-4-2",
    ['T' - 'A'] = "M7.5 6h9M12 6v12",
    ['U' - 'A'] = "M8 6v8a4 4 0 0 0 8 0V6",
    ['V' - 'A'] = "M7.5 6L12 18l4.5-12",
    ['W' - 'A'] = "M6 6l3 12l3-9l3 9l3-12",
    ['X' - 'A'] = "M8 6l8 12M16 6L8 18",
    ['Y' - 'A'] = "M7.5 6l4.5 6.5V18M16.5 6L12 12.5",
    ['Z' - 'A'] = "M8 6h8L8 18h8",
};

/* For names without a letter of these. */
static const char *const digits[] = {
    ['1' - '1'] = "M9.5 8.5L12.5 6v12",
    ['2' - '1'] = "M8.5 9a3.5 3.5 0 0 1 7 0c0 3-7 5-7 9h7",
    ['3' - '1'] = "M8.5 6.5h6.5l-3.5 4.5a3.5 3.5 0 1 1-3.5 5",
    ['4' - '1'] = "M14 18V6l-6 8.5h8.5",
    ['5' - '1'] = "M15 6H9.5L9 11.5a3.7 3.7 0 1 1-1 5",
    ['6' - '1'] = "M14.5 6a8 8 0 0 0-6 8a3.6 3.6 0 1 0 3.6-3.6a4 4 0 0 0-3.4 2.4",
    ['7' - '1'] = "M8 6h8l-4.5 12",
    ['8' - '1'] =
        "M12 6a2.9 2.9 0 1 0 0 5.8a3.1 3.1 0 1 1 0 6.2a3.1 3.1 0 1 1 0-6.2a2.9 2.9 0 1 0 0-5.8",
};

static SDL_Texture *render(SDL_Renderer *renderer, const char *svg, int size)
{
    SDL_RWops *text = SDL_RWFromConstMem(svg, (int)strlen(svg));
    SDL_Surface *surface = text ? IMG_LoadSizedSVG_RW(text, size, size) : NULL;
    SDL_Texture *texture = surface ? SDL_CreateTextureFromSurface(renderer, surface) : NULL;

    SDL_FreeSurface(surface);
    if (text) {
        SDL_RWclose(text);
    }
    return texture;
}

#define SVG_OPEN \
    "<svg xmlns='http://www.w3.org/2000/svg' width='48' height='48' viewBox='0 0 24 24'>"
#define SVG_PATH                                                   \
    "<path d='%s' fill='none' stroke='#ffffff' stroke-width='%s' " \
    "stroke-linecap='round' stroke-linejoin='round' %s/></svg>"

SDL_Texture *icons_tool(SDL_Renderer *renderer, enum tool tool, int size)
{
    g_autofree char *svg = g_strdup_printf(SVG_OPEN SVG_PATH, tools[tool], "1.7",
                                           "transform='translate(2.4 2.4) scale(0.8)'");
    return render(renderer, svg, size);
}

char icons_letter(const char *display_name, unsigned place)
{
    for (const char *at = display_name; *at; at++) {
        if (g_ascii_isalpha(*at)) {
            return g_ascii_toupper(*at);
        }
    }
    return (char)('0' + CLAMP(place, 1, 8));
}

SDL_Texture *icons_persona(SDL_Renderer *renderer, char letter, uint32_t colour, int size)
{
    const char *path = g_ascii_isalpha(letter) ? letters[letter - 'A'] : digits[letter - '1'];
    g_autofree char *svg =
        g_strdup_printf(SVG_OPEN "<circle cx='12' cy='12' r='9.5' fill='#%06x'/>" SVG_PATH,
                        colour & 0xffffff, path, "2", "transform='translate(3.6 3.6) scale(0.7)'");
    return render(renderer, svg, size);
}
