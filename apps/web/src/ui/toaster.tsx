import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import { useMessages } from "../messages/messages-context.tsx";
import { useAnnounce } from "./announcer.tsx";
import { bareIconButtonClass } from "./button.tsx";

const ToastContext = createContext<(text: string) => void>(() => {});
const shownMs = 8000;

interface Toast {
  readonly id: number;
  readonly text: string;
}

/** Short notes on the result of the person's own action. Never errors, and never the only place of a fact. F6 focuses them. */
export function Toaster({ children }: { readonly children: ReactNode }) {
  const { shell } = useMessages();
  const announce = useAnnounce();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [isHeld, setHeld] = useState(false);
  const counter = useRef(0);
  const region = useRef<HTMLElement>(null);
  const drop = useCallback((id: number) => setToasts((list) => list.filter((toast) => toast.id !== id)), []);
  const add = useCallback(
    (text: string) => {
      counter.current += 1;
      const id = counter.current;
      setToasts((list) => [...list.slice(-2), { id, text }]);
      announce(text);
    },
    [announce],
  );
  useEffect(() => {
    const oldest = toasts[0];
    if (!oldest || isHeld) return;
    const timer = setTimeout(() => drop(oldest.id), shownMs);
    return () => clearTimeout(timer);
  }, [toasts, isHeld, drop]);
  useEffect(() => {
    const toToasts = (event: KeyboardEvent): void => {
      if (event.key !== "F6") return;
      const target = region.current?.querySelector("button");
      if (!target) return;
      event.preventDefault();
      target.focus();
    };
    document.addEventListener("keydown", toToasts);
    return () => document.removeEventListener("keydown", toToasts);
  }, []);
  return (
    <ToastContext value={add}>
      {children}
      <section
        ref={region}
        className="fixed right-4 bottom-4 z-20 grid max-w-[min(26rem,calc(100vw-2rem))] gap-2 print:hidden"
        aria-label={shell.notifications}
        onMouseEnter={() => setHeld(true)}
        onMouseLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
      >
        {toasts.map(({ id, text }) => (
          <div key={id} className="flex items-center gap-2 rounded-md bg-text py-2 ps-4 pe-2 text-canvas shadow-toast">
            <span>{text}</span>
            <button type="button" className={bareIconButtonClass} aria-label={shell.dismiss} onClick={() => drop(id)}>
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </button>
          </div>
        ))}
      </section>
    </ToastContext>
  );
}

export function useToast(): (text: string) => void {
  return useContext(ToastContext);
}
