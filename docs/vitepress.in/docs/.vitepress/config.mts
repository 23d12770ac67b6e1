import { defineConfig } from 'vitepress'

export default defineConfig({
  title: 'Queue',
  locales: {
    root: { label: 'English', lang: 'en' },
    zh: { label: '简体中文', lang: 'zh-CN' },
  },
})
