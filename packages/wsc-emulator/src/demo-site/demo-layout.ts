import { categories, type Product } from "./demo-catalogue.ts";

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const won = new Intl.NumberFormat("en", { style: "currency", currency: "KRW" });

export function priceText(price: number): string {
  return won.format(price);
}

/** A whole page. `title` is text, `content` is HTML. */
export function renderPage(title: string, content: string): string {
  const categoryLinks = categories.map(({ slug, name }) => `<a href="/category/${slug}">${name}</a>`).join("");
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(title)} · Paper Boat Stationery</title>
  <link rel="stylesheet" href="/demo-site.css">
</head>
<body>
  <p class="warning"><strong>Demo site.</strong> Deliberately weak, made to be scanned. Nothing is sold here; enter nothing real.</p>
  <header>
    <a class="brand" href="/">Paper Boat <span>Stationery</span></a>
    <form class="search" action="/search" role="search">
      <input type="search" name="q" aria-label="Search products" placeholder="Search products">
      <button>Search</button>
    </form>
    <a href="/account">Account</a>
    <a href="/cart">Cart</a>
  </header>
  <nav aria-label="Shop">${categoryLinks}<a href="/price">By price</a><a href="/offers?campaign=autumn">Offers</a><a href="/news.shtml?id=2">News</a></nav>
  <main>
    <h1>${escapeHtml(title)}</h1>
    ${content}
  </main>
  <footer>
    <form action="/newsletter" method="post">
      <strong>Letters from the harbour</strong>
      <label>Name <input name="name" required></label>
      <label>E-mail <input type="email" name="email" required></label>
      <button>Subscribe</button>
    </form>
    <p><a href="/help">Help</a> <a href="/admin/">Administration</a> <a href="/logout">Sign out</a></p>
  </footer>
</body>
</html>
`;
}

/** Renders product cards. `source` is the page the visitor came from and becomes the `ref` of the links. */
export function renderProducts(list: readonly Product[], source: string): string {
  if (list.length === 0) return "<p>Nothing found.</p>";
  const cards = list.map(
    ({ id, name, price, description }) => `<li>
      <a href="/product?id=${id}&amp;ref=${source}">${escapeHtml(name)}</a>
      <span>${escapeHtml(description)}</span>
      <b>${priceText(price)}</b>
    </li>`,
  );
  return `<ul class="products">${cards.join("")}</ul>`;
}
