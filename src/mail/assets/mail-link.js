'use strict';

// The key stands behind the #, where no server and no log sees it.
const [verb, token] = location.hash.slice(1).split('=');
history.replaceState(null, '', location.pathname);

const verbs = {
  verify: {
    path: '/api/v1/email/verify',
    question: 'Is this email address yours?',
    button: 'Yes, confirm it',
    done: (answer) =>
      answer?.status === 'other_address_asked'
        ? 'Thank you. Now please confirm the mail to the other address, too.'
        : 'Thank you. The address is confirmed: you can log in with it.',
  },
  reset: {
    path: '/api/v1/password/reset',
    question: 'Choose a new password. You will be logged out everywhere.',
    button: 'Set the password',
    done: () => 'Your new password is set. You can log in with it now.',
  },
  undo: {
    path: '/api/v1/email/undo',
    question: 'Bring your old email address back? Everybody will be logged out.',
    button: 'Yes, undo the change',
    done: () => 'Your old address is back. We have mailed you a link to choose a new password.',
  },
};

const part = (id) => document.getElementById(id);
const known = Object.hasOwn(verbs, verb) && token ? verbs[verb] : null;

async function send(event) {
  event.preventDefault();
  part('button').disabled = true;
  const body = { token };
  if (verb === 'reset') body.password = part('password').value;
  try {
    const response = await fetch(known.path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = response.status === 204 ? null : await response.json();
    part('answer').textContent = response.ok ? known.done(answer) : answer.error.message;
    part('form').hidden = response.ok;
  } catch {
    part('answer').textContent = 'The server did not answer. Please try again.';
  }
  part('button').disabled = false;
}

if (known) {
  part('question').textContent = known.question;
  part('button').textContent = known.button;
  part('field').hidden = verb !== 'reset';
  part('password').required = verb === 'reset';
  part('form').hidden = false;
  part('form').addEventListener('submit', send);
} else {
  part('answer').textContent = 'Please open the link from your mail once more: a part of it is missing.';
}
