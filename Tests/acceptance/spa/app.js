// The client that the API Authentication Specification describes: its own wrapper, a token in localStorage, and back to
// sign-in on 401.
const api = {
  fetch: async (url, options = {}) => {
    const token = localStorage.getItem('auth_token');
    if (token) {
      options.headers = {
        ...options.headers,
        'Authorization': `Bearer ${token}`
      };
    }
    return fetch(url, options);
  }
};

const base = document.querySelector('meta[name=api]').content;
const element = (id) => document.getElementById(id);
const views = ['sign-in', 'register', 'me'];

function say(text) {
  element('said').textContent = text;
}

function show() {
  const wanted = location.hash.slice(1);
  const view = views.includes(wanted) ? wanted : 'sign-in';
  for (const each of views) element(each).hidden = each !== view;
  if (view === 'me') me();
}

// Of requests that a token proves: "On 401 response, client redirects to login".
async function ask(path, options) {
  const response = await api.fetch(base + path, options);
  if (response.status === 401) {
    say('Please sign in again.');
    location.hash = 'sign-in';
    return null;
  }
  return response;
}

function json(members) {
  return {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(members)
  };
}

function members(form) {
  return Object.fromEntries(new FormData(form));
}

async function me() {
  const response = await ask('/api/auth/me');
  if (!response) return;
  const {user} = await response.json();
  element('email').textContent = user.email;
  element('role').textContent = user.role;
}

function submitted(id, handle) {
  element(id).addEventListener('submit', async (event) => {
    event.preventDefault();
    await handle(event.target);
  });
}

submitted('register', async (form) => {
  const response = await api.fetch(base + '/api/auth/register', json(members(form)));
  const said = await response.json();
  say(said.message ?? said.error);
  if (response.ok) location.hash = 'sign-in';
});

submitted('sign-in', async (form) => {
  const response = await api.fetch(base + '/api/auth/login', json(members(form)));
  const said = await response.json();
  if (!response.ok) return say(said.error);
  localStorage.setItem('auth_token', said.token);
  say('');
  form.reset();
  location.hash = 'me';
});

submitted('change', async (form) => {
  const response = await ask('/api/auth/change-password', json(members(form)));
  if (!response) return;
  const said = await response.json();
  say(said.message ?? said.error);
  if (!response.ok) return;
  localStorage.setItem('auth_token', said.token);
  form.reset();
});

element('again').addEventListener('click', me);
element('logout').addEventListener('click', async () => {
  const response = await api.fetch(base + '/api/auth/logout', {method: 'POST'});
  localStorage.removeItem('auth_token');
  say(response.ok ? (await response.json()).message : '');
  location.hash = 'sign-in';
});
element('forgot').href = base + '/account/forgot-password';

addEventListener('hashchange', show);
if (!location.hash && localStorage.getItem('auth_token')) location.hash = 'me';
show();
